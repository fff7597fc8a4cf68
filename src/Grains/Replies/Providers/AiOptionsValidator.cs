using JubileeVerse.Operations;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Replies.Providers;

/// <summary>Reports all faults at once, each with its key. Never prints a secret.</summary>
internal sealed class AiOptionsValidator : IValidateOptions<AiOptions>
{
    private const int MinContextTokens = 2_048;
    private const int MaxContextTokens = 10_000_000;
    private const int MinOutputTokens = 16;

    private static readonly string Section = OptionSections.Path(OptionSections.Ai);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan QuarterHour = TimeSpan.FromMinutes(15);

    public ValidateOptionsResult Validate(string? name, AiOptions options)
    {
        var faults = new Faults();
        for (var i = 0; i < options.Providers.Count; i++)
            ValidateProvider(options.Providers[i], $"{Section}:Providers:{i}", faults);
        ValidateNames(options.Providers, faults);
        ValidateTimes(options, faults);

        faults.Range($"{Section}:Builtin:PieceDelayMs", options.Builtin.PieceDelayMs, 0, 10_000);
        faults.Range($"{Section}:MaxAnswerLength", options.MaxAnswerLength, 1_000, 100_000);
        faults.Range($"{Section}:Breaker:MinimumCalls", options.Breaker.MinimumCalls, 2, 10_000);
        if (options.Breaker.FailureRatio is not (> 0 and <= 1))
            faults.Add($"{Section}:Breaker:FailureRatio", $"is {options.Breaker.FailureRatio}: it must be above 0 and at most 1.");
        return faults.ToResult();
    }

    private static void ValidateProvider(AiProviderOptions provider, string key, Faults faults)
    {
        if (provider.Is(AiProviderTypes.OpenAi))
            ValidateOpenAi(provider, key, faults);
        else if (!provider.Is(AiProviderTypes.Builtin))
            faults.Add($"{key}:Type", $"is '{provider.Type}': it must be one of {AiProviderTypes.OpenAi}, {AiProviderTypes.Builtin}.");

        faults.Range($"{key}:ContextTokens", provider.ContextTokens, MinContextTokens, MaxContextTokens);
        faults.Range(
            $"{key}:MaxOutputTokens", provider.MaxOutputTokens, MinOutputTokens, Math.Max(MinOutputTokens, provider.ContextTokens / 2));
    }

    private static void ValidateOpenAi(AiProviderOptions provider, string key, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(provider.Model))
            faults.Add($"{key}:Model", "is missing: an openai provider needs the model's name.");

        if (string.IsNullOrEmpty(provider.Endpoint))
        {
            if (string.IsNullOrWhiteSpace(provider.ApiKey))
                faults.Add($"{key}:ApiKey", "is missing: it is required unless an Endpoint is set.");
        }
        else if (!Uri.TryCreate(provider.Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            faults.Add($"{key}:Endpoint", "must be an absolute http or https address, such as http://localhost:8080/v1.");
        }
    }

    private static void ValidateNames(List<AiProviderOptions> providers, Faults faults)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < providers.Count; i++)
        {
            var name = ConfiguredChatModels.NameOf(providers[i], i);
            if (!taken.Add(name))
                faults.Add($"{Section}:Providers:{i}:Name", $"is '{name}', the name of an earlier entry: it must be unique.");
        }
    }

    private static void ValidateTimes(AiOptions options, Faults faults)
    {
        var shortest = TimeSpan.FromMilliseconds(10);
        faults.Range($"{Section}:Timeouts:Connect", options.Timeouts.Connect, shortest, Hour);
        faults.Range($"{Section}:Timeouts:FirstToken", options.Timeouts.FirstToken, shortest, Hour);
        faults.Range($"{Section}:Timeouts:Idle", options.Timeouts.Idle, shortest, Hour);
        faults.Range($"{Section}:Timeouts:Total", options.Timeouts.Total, shortest, Hour);
        if (options.Timeouts.Total < options.Timeouts.FirstToken)
        {
            faults.Add(
                $"{Section}:Timeouts:Total",
                $"is {options.Timeouts.Total}: it must not be below FirstToken ({options.Timeouts.FirstToken}).");
        }

        faults.Range($"{Section}:MaxRetryAfter", options.MaxRetryAfter, TimeSpan.FromSeconds(1), QuarterHour);
        faults.Range($"{Section}:DefaultRetryAfter", options.DefaultRetryAfter, TimeSpan.FromMilliseconds(100), QuarterHour);
        faults.Range($"{Section}:Breaker:Window", options.Breaker.Window, TimeSpan.FromSeconds(1), Hour);
        faults.Range($"{Section}:Breaker:Break", options.Breaker.Break, TimeSpan.FromMilliseconds(500), Hour);
    }

    private sealed class Faults
    {
        private readonly List<string> _found = [];

        public void Add(string key, string fault) => _found.Add($"{key} {fault}");

        public void Range<T>(string key, T value, T min, T max)
            where T : IComparable<T>
        {
            if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
                Add(key, $"is {value}: it must be {min} to {max}.");
        }

        public ValidateOptionsResult ToResult() => _found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_found);
    }
}
