using System.Collections.Concurrent;
using System.Reflection;
using Xunit;
using Xunit.v3;

namespace JubileeVerse.Testing;

/// <summary>
/// Applies to every test of the assembly: cancels a test that does not end. Its wait then fails with a stack trace that names the place,
/// and the next test runs. A wait without the test's token is ended together with its whole assembly by the limit that <c>./test</c> sets.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TestTimeoutAttribute : BeforeAfterTestAttribute
{
    /// <summary>Real time; the longest test takes less than a minute.</summary>
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
