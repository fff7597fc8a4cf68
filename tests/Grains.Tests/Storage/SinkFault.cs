namespace JubileeVerse.Grains.Tests.Storage;

internal enum SinkFault
{
    None,

    /// <summary>The connection is lost and the batch never arrives.</summary>
    BeforeCommit,

    /// <summary>The batch is committed and the answer is lost.</summary>
    AfterCommit,
}
