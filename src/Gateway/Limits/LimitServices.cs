using JubileeVerse.Operations;

namespace JubileeVerse.Gateway.Limits;

internal static class LimitServices
{
    public static void AddLimits(this IServiceCollection services) =>
        services.AddKnownOptions<RequestLimitsOptions>(OptionSections.Limits);
}
