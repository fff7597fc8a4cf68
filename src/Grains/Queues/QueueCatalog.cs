using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Queues;

/// <summary>The queues that there are, with their numbers.</summary>
internal sealed class QueueCatalog(IEnumerable<QueueDefinition> definitions, IOptionsMonitor<QueuesOptions> options)
{
    private readonly Dictionary<string, QueueDefinition> _byName = definitions.ToDictionary(definition => definition.Name, StringComparer.Ordinal);

    /// <summary>In the order of the alphabet.</summary>
    public ImmutableArray<string> Names => [.. _byName.Keys.Order(StringComparer.Ordinal)];

    public bool Contains(string queue) => _byName.ContainsKey(queue);

    /// <summary>The numbers of one queue as they are configured now.</summary>
    public QueueOptions Of(string queue) => _byName.TryGetValue(queue, out var definition)
        ? definition.Options(options.CurrentValue)
        : throw new ArgumentOutOfRangeException(nameof(queue), queue, "No such queue.");
}
