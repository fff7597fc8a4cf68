using System.Net;
using JubileeVerse.Operations;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Silo;

/// <summary>Validates rules between options and rules that a range cannot express.</summary>
internal sealed class ClusteringOptionsValidator : IValidateOptions<ClusteringOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusteringOptions options)
    {
        var faults = new List<string>();
        if (!IPAddress.TryParse(options.AdvertisedAddress, out var address))
            faults.Add($"{Key(nameof(options.AdvertisedAddress))} must be an IP address, not '{options.AdvertisedAddress}'.");
        else if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            faults.Add(
                $"{Key(nameof(options.AdvertisedAddress))} must be an address that others can reach, not '{options.AdvertisedAddress}'.");
        if (options.SiloPort == options.GatewayPort)
            faults.Add($"{Key(nameof(options.SiloPort))} and {Key(nameof(options.GatewayPort))} must differ; both are {options.SiloPort}.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string Key(string option) => $"{OptionSections.Path(OptionSections.Clustering)}:{option}";
}
