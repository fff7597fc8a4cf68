namespace JubileeVerse.Queues.State.Jobs;

/// <summary>
/// Keeps one instance of each distinct <see cref="JobSettings"/>. It is cleared when full; jobs keep the instances that they use.
/// </summary>
internal sealed class JobSettingsCache
{
    private const int Capacity = 4096;

    private readonly Dictionary<JobSettings, JobSettings> _settings = [];

    public JobSettings GetOrAdd(in StoredJob row)
    {
        var settings = JobSettings.From(row);
        if (_settings.TryGetValue(settings, out var shared)) return shared;
        if (_settings.Count == Capacity) _settings.Clear();
        return _settings[settings] = settings;
    }
}
