using DbUp.Engine;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Storage.Migrations;

/// <summary>
/// The embedded scripts of one dialect: those in <c>Common</c> and those in the dialect's folder. They are named, ordered and recorded by
/// file name without the folder, so a script for both dialects can follow one for a single dialect.
/// </summary>
internal static class MigrationScripts
{
    private const string CommonFolder = "Common/";
    private const string Extension = ".sql";

    public static IReadOnlyList<SqlScript> Load(SqlDialect dialect)
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
