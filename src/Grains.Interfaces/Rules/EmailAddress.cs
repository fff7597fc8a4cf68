using System.Text.RegularExpressions;

namespace JubileeVerse.Rules;

/// <summary>
/// The form of an e-mail address: a local part, one @, and a host of labels. Quoted local parts and address literals are not accepted, and
/// nothing checks that the mailbox exists. Only the composed form (Unicode NFC) is accepted, because two forms of one address would be two
/// accounts that look the same.
/// </summary>
public static partial class EmailAddress
{
    public static readonly string Rule =
        $"Must be an e-mail address such as ada@example.org, at most {InputLimits.MaxEmailLength} characters.";

    /// <param name="address">The address without surrounding white space.</param>
    public static string? FindFault(string? address) => address is not null && IsValid(address) ? null : Rule;

    private static bool IsValid(string address) => address.Length <= InputLimits.MaxEmailLength
        && address.IndexOf('@', StringComparison.Ordinal) <= InputLimits.MaxEmailLocalPartLength
        && Shape().IsMatch(address)
        && address.IsNormalized();

    /// <summary>
    /// Labels are letters, digits and inner hyphens. \p{C} contains U+0000 and the surrogates, so a match can be stored and
    /// <see cref="string.IsNormalized()"/> does not throw for it.
    /// </summary>
    [GeneratedRegex(
        """^(?![^@]*\.\.)[^\s\p{C}@"(),:;<>\[\]\\.][^\s\p{C}@"(),:;<>\[\]\\]*@[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?"""
        + """(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?)*\z""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
