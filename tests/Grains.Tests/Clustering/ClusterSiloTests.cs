using JubileeVerse.ServiceDefaults.Configuration;
using JubileeVerse.Silo;
using JubileeVerse.Silo.Membership;
using JubileeVerse.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace JubileeVerse.Grains.Tests.Clustering;

public sealed class ClusterSiloTests
{
    [Fact]
    public void AddClusterSilo_WithoutRedis_NamesTheSetting()
    {
        var exception = Assert.Throws<MissingSettingException>(() => WebApplication.CreateSlimBuilder().AddClusterSilo());

        Assert.Equal("JubileeVerse:Redis:ConnectionString", exception.Key);
    }

    [Fact]
    public void AddClusterSilo_SqliteStorage_IsRejectedWithTheSettingsName()
    {
        using var app = Build([]);
        var exception = Assert.Throws<OptionsValidationException>(() => app.Services.GetRequiredService<IOptions<StorageOptions>>().Value);

        Assert.Contains("JubileeVerse:Storage:Provider", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClusteringOptions_SeveralFaults_AreReportedTogetherByKey()
    {
        using var app = Build(new()
        {
            ["Clustering:AdvertisedAddress"] = "silo.example",
            ["Clustering:SiloPort"] = "30000",
            ["Clustering:DirectoryLease"] = "01:00:00",
        });
        var exception = Assert.Throws<OptionsValidationException>(
            () => app.Services.GetRequiredService<IOptions<ClusteringOptions>>().Value);

        Assert.Contains("JubileeVerse:Clustering:AdvertisedAddress", exception.Message, StringComparison.Ordinal);
        Assert.Contains("JubileeVerse:Clustering:SiloPort", exception.Message, StringComparison.Ordinal);
        Assert.Contains("DirectoryLease", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("00:02:00")]
    public void ShutdownTimeout_AnyGrace_IsTheGracePlusTheLeaveTimeout(string grace)
    {
        using var app = Build(new() { ["Queues:Grace"] = grace });
        var budget = app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;

        Assert.Equal(
            TimeSpan.Parse(grace, System.Globalization.CultureInfo.InvariantCulture) + ConfigureShutdownTimeout.LeaveTimeout, budget);
        Assert.True(ConfigureShutdownTimeout.LeaveTimeout > 3 * MembershipLeaveTimeout.Timeout);
    }

    [Fact]
    public void Apply_MembershipOptions_BoundsTheTimeForStaleRowsAndHungSilos()
    {
        var membership = new ClusterMembershipOptions();
        ClusterSettings.Apply(membership);

        Assert.Equal(TimeSpan.FromSeconds(15), membership.IAmAliveTablePublishTimeout * membership.NumMissedTableIAmAliveLimit);
        Assert.Equal(TimeSpan.FromSeconds(9), membership.MaxProbeTimeout * membership.NumMissedProbesLimit);
    }

    private static WebApplication Build(Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings
            .Append(KeyValuePair.Create<string, string?>("Redis:ConnectionString", "127.0.0.1:1"))
            .Select(setting => KeyValuePair.Create($"JubileeVerse:{setting.Key}", setting.Value)));
        builder.AddClusterSilo();
        return builder.Build();
    }
}
