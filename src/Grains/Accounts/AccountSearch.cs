namespace JubileeVerse.Accounts;

/// <summary>
/// Search without case that is the same on both databases: folded here, because SQLite folds ASCII only and PostgreSQL by its locale.
/// </summary>
internal static class AccountSearch
{
    public static string Key(string? email, string displayName) => $"{email}\n{displayName}".ToLowerInvariant();

    /// <summary>For <c>like … escape '\'</c>: what a person typed is text and no pattern.</summary>
    public static string Pattern(string? text)
    {
        var folded = (text ?? "").Trim().ToLowerInvariant();
        if (!AccountRules.IsWellFormed(folded))
            folded = "\n\n";
        return "%" + folded.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_") + "%";
    }
}
