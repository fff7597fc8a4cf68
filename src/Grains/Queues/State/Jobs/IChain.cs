namespace JubileeVerse.Queues.State.Jobs;

/// <summary>Defines how an index reads the key of a job and where the job stores the index's chain pointer.</summary>
internal interface IChain
{
    static abstract CompactId KeyOf(OpenJob job);

    static abstract ref OpenJob? NextOf(OpenJob job);
}
