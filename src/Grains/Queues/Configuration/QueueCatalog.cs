using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Queues.Configuration;

/// <summary>All defined queues with their options.</summary>
internal sealed class QueueCatalog(IEnumerable<QueueDefinition> definitions, IOptionsMonitor<QueuesOptions> options)
{
    private readonly Dictionary<string, QueueDefinition> _byName =
        definitions.ToDictionary(definition => definition.Name, StringComparer.Ordinal);

    private QueuesOptions? _lastValid;

    /// <summary>The queue names in ordinal order.</summary>
    public ImmutableArray<string> Names => [.. _byName.Keys.Order(StringComparer.Ordinal)];

    public bool Contains(string queue) => _byName.ContainsKey(queue);

    /// <summary>
    /// Returns the current options of a queue. While the configuration is invalid, the last valid options stay in force.
    /// </summary>
    public QueueOptions OptionsFor(string queue) => _byName.TryGetValue(queue, out var definition)
        ? definition.Options(Current())
        : throw new ArgumentOutOfRangeException(nameof(queue), queue, "The queue is not defined.");

    private QueuesOptions Current()
    {
        try
        {
            return _lastValid = options.CurrentValue;
        }
        catch (OptionsValidationException) when (_lastValid is not null)
        {
            return _lastValid;
        }
    }
}
