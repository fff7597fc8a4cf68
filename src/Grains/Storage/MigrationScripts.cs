using DbUp.Engine;

namespace JubileeVerse.Storage;

/// <summary>
/// The embedded scripts of one dialect: those of <c>Common</c> and its own. They are named, ordered and recorded by their file name
/// without the folder, so a script for both can follow one for a single dialect.
/// </summary>
internal static class MigrationScripts
{
    private const string CommonFolder = "Common/";
    private const string Extension = ".sql";

    public static IReadOnlyList<SqlScript> Of(SqlDialect dialect)
    {
        var assembly = typeof(MigrationScripts).Assembly;
        var folder = dialect + "/";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Where(name => name.StartsWith(CommonFolder, StringComparison.Ordinal) || name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => new SqlScript(name[(name.IndexOf('/') + 1)..], Read(name)))
            .OrderBy(script => script.Name, StringComparer.Ordinal)];
    }

    private static string Read(string name)
    {
        using var stream = typeof(MigrationScripts).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
