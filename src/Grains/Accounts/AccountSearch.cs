using JubileeVerse.Rules;

namespace JubileeVerse.Accounts;

/// <summary>
/// Case-insensitive search with the same result on both databases. Case is folded here, because SQLite folds only ASCII and PostgreSQL
/// folds by locale.
/// </summary>
internal static class AccountSearch
{
    public static string Key(string? email, string displayName) => $"{email}\n{displayName}".ToLowerInvariant();

    /// <summary>A pattern for <c>like … escape '\'</c>, with the wildcards of the input escaped.</summary>
    public static string Pattern(string? text)
    {
        var folded = (text ?? "").Trim().ToLowerInvariant();
        if (!StorableText.IsStorable(folded))
            folded = "\n\n";
        return "%" + folded.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_") + "%";
    }
}
