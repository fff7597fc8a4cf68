namespace JubileeVerse.Rules;

/// <summary>The rule of a text field: not blank, within a maximum length, and storable. The fault of valid text is null.</summary>
public static class TextField
{
    public const string RequiredRule = "It is required.";
    public const string BlankRule = "Must not be blank.";

    public static string? FindFault(string? text, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(text))
            return RequiredRule;
        if (text.Length > maxLength)
            return TooLong(text.Length, maxLength);
        return StorableText.IsStorable(text) ? null : StorableText.Rule;
    }

    /// <summary>As <see cref="FindFault"/>, but null is valid, because the field was not sent.</summary>
    public static string? FindOptionalFault(string? text, int maxLength)
    {
        if (text is null)
            return null;
        return string.IsNullOrWhiteSpace(text) ? BlankRule : FindFault(text, maxLength);
    }

    public static string TooLong(int length, int maxLength) => $"Must be at most {maxLength} characters; it has {length}.";
}
