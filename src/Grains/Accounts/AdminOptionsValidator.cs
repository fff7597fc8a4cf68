using JubileeVerse.Errors;
using JubileeVerse.Operations;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Accounts;

/// <summary>Reports all faults at once, by key, without repeating the password.</summary>
internal sealed class AdminOptionsValidator : IValidateOptions<AdminOptions>
{
    public ValidateOptionsResult Validate(string? name, AdminOptions options)
    {
        if (!options.IsConfigured)
            return ValidateOptionsResult.Success;

        var faults = new List<string>();
        Check(faults, nameof(options.Email), () => AccountRules.Email(options.Email));
        Check(faults, nameof(options.Password), () => AccountRules.Password(options.Password));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Check(List<string> faults, string option, Action rule)
    {
        try
        {
            rule();
        }
        catch (JubileeException e)
        {
            faults.Add($"{OptionSections.Path(OptionSections.Admin)}:{option}: {e.Message}");
        }
    }
}
