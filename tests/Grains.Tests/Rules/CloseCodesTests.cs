using System.Reflection;
using System.Text.RegularExpressions;
using JubileeVerse.Rules;

namespace JubileeVerse.Grains.Tests.Rules;

public sealed class CloseCodesTests
{
    [Fact]
    public void All_ListsEachConstantWithItsNameAsReason()
    {
        var constants = typeof(CloseCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => new CloseCode((int)field.GetRawConstantValue()!, KebabCase(field.Name)));

        Assert.Equal(constants.OrderBy(code => code.Number), CloseCodes.All);
    }

    [Fact]
    public void Ranges_FollowEachOther() => Assert.All(
        CloseCodes.Ranges.Zip(CloseCodes.Ranges.Skip(1)), pair => Assert.Equal(pair.First.Last + 1, pair.Second.First));

    [Theory]
    [InlineData(CloseCodes.Drain, "drain", ReconnectRule.Now)]
    [InlineData(CloseCodes.TooManyConnections, "too-many-connections", ReconnectRule.AfterDelay)]
    [InlineData(CloseCodes.TokenExpired, "token-expired", ReconnectRule.WithNewSession)]
    [InlineData(CloseCodes.Removed, "removed", ReconnectRule.Never)]
    [InlineData(4099, null, ReconnectRule.Now)]
    [InlineData(4399, null, ReconnectRule.Never)]
    [InlineData(4400, null, ReconnectRule.Never)]
    public void Code_HasAReasonAndARule(int code, string? reason, ReconnectRule rule) =>
        Assert.Equal((reason, rule, rule == ReconnectRule.Never),
            (CloseCodes.FindReason(code), CloseCodes.GetReconnectRule(code), CloseCodes.IsTerminal(code)));

    private static string KebabCase(string name) => Regex.Replace(name, "(?<!^)([A-Z])", "-$1").ToLowerInvariant();
}
