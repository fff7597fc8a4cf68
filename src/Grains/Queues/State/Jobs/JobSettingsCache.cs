using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.State.Jobs;

/// <summary>
/// Keeps one instance of each distinct <see cref="JobSettings"/>. It is cleared when full; jobs keep the instances that they use.
/// </summary>
internal sealed class JobSettingsCache
{
    private const int Capacity = 4096;

    private readonly Dictionary<JobSettings, JobSettings> _settings = [];

    public JobSettings GetOrAdd(Job job)
    {
        var settings = JobSettings.From(job);
        if (_settings.TryGetValue(settings, out var shared)) return shared;
        if (_settings.Count == Capacity) _settings.Clear();
        return _settings[settings] = settings;
    }
}
