namespace JubileeVerse.Queues;

/// <summary>
/// What is made for a grain's turns is tested in turns: nothing of it, nor of the test, runs beside another part. Between two awaits it would
/// else be called from the pool's threads at once, which no grain does.
/// </summary>
internal static class Turns
{
    public static Task RunAsync(Func<Task> act)
    {
        var token = TestContext.Current.CancellationToken;
        var turns = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        return Task.Factory.StartNew(act, token, TaskCreationOptions.None, turns).Unwrap().WaitAsync(token);
    }
}
