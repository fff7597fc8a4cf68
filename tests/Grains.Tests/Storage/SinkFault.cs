namespace JubileeVerse.Grains.Tests.Storage;

internal enum SinkFault
{
    None,

    /// <summary>The connection is lost before the batch arrives.</summary>
    BeforeCommit,

    /// <summary>The batch is committed, and the connection is lost before the result arrives.</summary>
    AfterCommit,
}
