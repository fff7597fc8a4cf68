using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Queues.Configuration;

/// <summary>All registered queues with their options.</summary>
internal sealed class QueueCatalog(IEnumerable<QueueDefinition> definitions, IOptionsMonitor<QueueOptions> options)
{
    private readonly FrozenDictionary<string, CurrentOptions> _byName = definitions.ToFrozenDictionary(
        definition => definition.Name, definition => new CurrentOptions(definition.Name, options), StringComparer.Ordinal);

    /// <summary>The queue names in ordinal order.</summary>
    public ImmutableArray<string> Names => [.. _byName.Keys.Order(StringComparer.Ordinal)];

    public bool Contains(string queue) => _byName.ContainsKey(queue);

    public void RequireRegistered(string queue)
    {
        if (!Contains(queue))
            throw new ArgumentOutOfRangeException(nameof(queue), queue, "The queue is not registered.");
    }

    /// <summary>
    /// Returns the current options of a queue. They are read for each use, so that a configuration change takes effect without a restart.
    /// While the queue's configuration is invalid, its last valid options stay in force.
    /// </summary>
    public QueueOptions OptionsFor(string queue)
    {
        RequireRegistered(queue);
        return _byName[queue].Value;
    }

    private sealed class CurrentOptions(string queue, IOptionsMonitor<QueueOptions> options)
    {
        private QueueOptions? _lastValid;

        public QueueOptions Value
        {
            get
            {
                try
                {
                    return _lastValid = options.Get(queue);
                }
                catch (OptionsValidationException) when (_lastValid is not null)
                {
                    return _lastValid;
                }
            }
        }
    }
}
