using JubileeVerse.Limits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Grains.Tests.Limits;

public sealed class LimitsOptionsTests
{
    [Fact]
    public void GetPlan_Defaults_AreFreeAndPremium()
    {
        var limits = Bind();

        Assert.Equal((5, 5), (limits.GetPlan("free").Priority, limits.GetPlan("free").OpenReplies));
        Assert.Equal((1, 20), (limits.GetPlan("premium").Priority, limits.GetPlan("premium").OpenReplies));
    }

    [Fact]
    public void GetPlan_UnknownName_IsFree()
    {
        var limits = Bind();

        Assert.Same(limits.GetPlan("free"), limits.GetPlan("gold"));
    }

    [Fact]
    public void Bind_OneValueOfAPlan_KeepsTheOthers()
    {
        var premium = Bind(("Plans:Premium:OpenReplies", "50")).GetPlan("premium");

        Assert.Equal((1, 50), (premium.Priority, premium.OpenReplies));
    }

    [Fact]
    public void Bind_SeveralFaults_ReportsAllByKey()
    {
        var thrown = Assert.Throws<OptionsValidationException>(
            () => Bind(("MessagesPerMinute", "0"), ("Plans:free:Priority", "11"), ("Plans:gold:Weight", "0")));

        Assert.Equal(3, thrown.Failures.Count());
        Assert.Contains(thrown.Failures, f => f.StartsWith("JubileeVerse:Limits:MessagesPerMinute", StringComparison.Ordinal));
        Assert.Contains(thrown.Failures, f => f.StartsWith("JubileeVerse:Limits:Plans:free:Priority", StringComparison.Ordinal));
        Assert.Contains(thrown.Failures, f => f.StartsWith("JubileeVerse:Limits:Plans:gold:Weight", StringComparison.Ordinal));
    }

    private static LimitsOptions Bind(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(s => $"JubileeVerse:Limits:{s.Key}", s => (string?)s.Value))
            .Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLimits().BuildServiceProvider();
        return services.GetRequiredService<IOptions<LimitsOptions>>().Value;
    }
}
