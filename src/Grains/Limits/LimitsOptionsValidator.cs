using JubileeVerse.Operations;
using JubileeVerse.Queues.Jobs;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Limits;

/// <summary>Reports all faults at once, by key.</summary>
internal sealed class LimitsOptionsValidator : IValidateOptions<LimitsOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitsOptions options)
    {
        var faults = new List<string>();
        CheckRange(faults, nameof(options.MessagesPerMinute), options.MessagesPerMinute, 1, 10_000);
        CheckRange(faults, nameof(options.SignInFailures), options.SignInFailures, 1, 1000);
        CheckRange(faults, nameof(options.SignInFailureWindow), options.SignInFailureWindow, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        if (!options.Plans.ContainsKey(PlanNames.Free))
            faults.Add($"{Key(nameof(options.Plans))} must contain a plan named '{PlanNames.Free}'.");
        foreach (var (plan, planOptions) in options.Plans)
        {
            var key = $"{nameof(options.Plans)}:{plan}";
            CheckRange(faults, $"{key}:{nameof(planOptions.Priority)}", planOptions.Priority, Job.MinPriority, Job.MaxPriority);
            CheckRange(faults, $"{key}:{nameof(planOptions.Weight)}", planOptions.Weight, 1, 100);
            CheckRange(faults, $"{key}:{nameof(planOptions.OpenReplies)}", planOptions.OpenReplies, 1, 1000);
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckRange<T>(List<string> faults, string option, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            faults.Add($"{Key(option)} must be from {min} to {max}; it is {value}.");
    }

    private static string Key(string option) => $"{OptionSections.Path(OptionSections.Limits)}:{option}";
}
