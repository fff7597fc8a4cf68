namespace JubileeVerse.Rules;

/// <summary>
/// Text that is used as a URL path segment. Escaping a slash does not help, because servers and proxies disagree on whether an escaped
/// slash separates segments.
/// </summary>
public static class PathSegment
{
    public const string Rule = "Must not contain \"/\" and must not be \".\" or \"..\", because it is used as a URL path segment.";

    public static bool IsValid(string? text) => text is not ("." or "..") && text?.Contains('/', StringComparison.Ordinal) is not true;
}
