namespace JubileeVerse.Operations;

/// <summary>
/// The names of all option sections. Every process has all of them, so that it rejects a section that no process knows and ignores a
/// section that only another process reads.
/// </summary>
public static class OptionSections
{
    public const string Root = "JubileeVerse";
    public const string Storage = "Storage";
    public const string Redis = "Redis";
    public const string Clustering = "Clustering";
    public const string Queues = "Queues";
    public const string Realtime = "Realtime";
    public const string Ai = "Ai";
    public const string Sessions = "Sessions";
    public const string Limits = "Limits";
    public const string Telemetry = "Telemetry";
    public const string Admin = "Admin";
    public const string Http = "Http";
    public const string Management = "Management";

    public static string Path(string section) => $"{Root}:{section}";
}
