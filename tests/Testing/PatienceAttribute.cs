using System.Collections.Concurrent;
using System.Reflection;
using Xunit;
using Xunit.v3;

namespace JubileeVerse.Testing;

/// <summary>
/// Of each test of the assembly: cancels one that does not end. What it waits for fails then, at a place that its stack names, and the next
/// one runs. What waits without the test's token is ended, with all of its assembly, by the limit that <c>./test</c> sets.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class PatienceAttribute : BeforeAfterTestAttribute
{
    /// <summary>Of real time; the longest test takes less than one.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<string, ITimer> _limits = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        var context = TestContext.Current;
        _limits[test.UniqueID] = TimeProvider.System.CreateTimer(_ => context.CancelCurrentTest(), null, Limit, Timeout.InfiniteTimeSpan);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_limits.TryRemove(test.UniqueID, out var limit))
            limit.Dispose();
    }
}
