using JubileeVerse.Gateway.Errors;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Http;

/// <summary>Applies the rules of text fields that several requests share, and collects their faults.</summary>
internal static class TextRules
{
    public static void Required(Faults faults, string field, string? text, int maxLength) =>
        faults.AddIfAny(field, TextField.FindFault(text, maxLength));

    /// <summary>Null is valid, because the field was not sent.</summary>
    public static void Optional(Faults faults, string field, string? text, int maxLength) =>
        faults.AddIfAny(field, TextField.FindOptionalFault(text, maxLength));

    public static void Language(Faults faults, string field, string? tag) =>
        faults.AddIfAny(field, tag is null ? null : LanguageTag.FindFault(tag));
}
