using System.Net;

namespace JubileeVerse.Grains.Tests.Clustering;

internal sealed class FakeSilo : ILocalSiloDetails
{
    public string Name => "silo";

    public string ClusterId => "cluster";

    public string DnsHostName => "host";

    public SiloAddress SiloAddress { get; } = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_111), 1);

    public SiloAddress GatewayAddress => SiloAddress;
}
