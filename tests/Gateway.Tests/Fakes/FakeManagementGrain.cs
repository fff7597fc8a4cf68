using System.Net;
using System.Reflection;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A membership of two silos, one of them dead; neither returns statistics.</summary>
public class FakeManagementGrain : DispatchProxy
{
    public static readonly SiloAddress ActiveSilo = SiloAddress.New(IPAddress.Loopback, 11_111, 7);

    public static IManagementGrain Create() => Create<IManagementGrain, FakeManagementGrain>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IManagementGrain.GetDetailedHosts) => Task.FromResult<MembershipEntry[]>(
        [
            Member("silo-a", ActiveSilo, SiloStatus.Active),
            Member("silo-b", SiloAddress.New(IPAddress.Loopback, 11_112, 7), SiloStatus.Dead),
        ]),
        nameof(IManagementGrain.GetRuntimeStatistics) => new TaskCompletionSource<SiloRuntimeStatistics[]>().Task,
        nameof(IManagementGrain.GetSimpleGrainStatistics) => Task.FromException<SimpleGrainStatistic[]>(new TimeoutException()),
        _ => throw new NotSupportedException(targetMethod.Name),
    };

    private static MembershipEntry Member(string name, SiloAddress address, SiloStatus status) => new()
    {
        SiloName = name,
        SiloAddress = address,
        Status = status,
        StartTime = new DateTime(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc),
    };
}
