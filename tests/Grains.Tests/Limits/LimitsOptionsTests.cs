using JubileeVerse.Limits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Grains.Tests.Limits;

public sealed class LimitsOptionsTests
{
    [Fact]
    public void PlanOf_Defaults_AreFreeAndPremium()
    {
        var limits = Bind();

        Assert.Equal((5, 5), (limits.PlanOf("free").Priority, limits.PlanOf("free").OpenReplies));
        Assert.Equal((1, 20), (limits.PlanOf("premium").Priority, limits.PlanOf("premium").OpenReplies));
    }

    [Fact]
    public void PlanOf_UnknownName_IsFree()
    {
        var limits = Bind();

        Assert.Same(limits.PlanOf("free"), limits.PlanOf("gold"));
    }

    [Fact]
    public void Bind_OneValueOfAPlan_KeepsTheOthers()
    {
        var premium = Bind(("Plans:Premium:OpenReplies", "50")).PlanOf("premium");

        Assert.Equal((1, 50), (premium.Priority, premium.OpenReplies));
    }

    [Fact]
    public void Bind_SeveralFaults_ReportsAllByKey()
    {
        var thrown = Assert.Throws<OptionsValidationException>(() => Bind(("MessagesPerMinute", "0"), ("Plans:free:Priority", "11"), ("Plans:gold:Weight", "0")));

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
        using var services = new ServiceCollection().AddLimits(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<LimitsOptions>>().Value;
    }
}
