using JubileeVerse.Operations;
using Microsoft.Extensions.Options;

namespace JubileeVerse.ServiceDefaults.Management;

internal sealed class ManagementOptionsValidator : IValidateOptions<ManagementOptions>
{
    public ValidateOptionsResult Validate(string? name, ManagementOptions options) =>
        string.IsNullOrEmpty(options.Url) || ManagementUrl.TryParse(options.Url, out _)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{OptionSections.Path(OptionSections.Management)}:{nameof(options.Url)} must be an http address with a port and no path, "
                + $"such as 'http://+:9090', or empty; not '{options.Url}'.");
}
