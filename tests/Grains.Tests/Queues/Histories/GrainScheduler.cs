namespace JubileeVerse.Grains.Tests.Queues.Histories;

/// <summary>
/// Runs a test on an exclusive scheduler, as a grain runs its code: no two parts of the test and of the tested code run at the same time.
/// Otherwise continuations would run concurrently on the thread pool, which does not happen in a grain.
/// </summary>
internal static class GrainScheduler
{
    public static Task RunAsync(Func<Task> action)
    {
        var token = TestContext.Current.CancellationToken;
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        return Task.Factory.StartNew(action, token, TaskCreationOptions.None, scheduler).Unwrap().WaitAsync(token);
    }
}
