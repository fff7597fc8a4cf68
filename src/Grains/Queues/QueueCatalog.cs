using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Queues;

/// <summary>The queues that there are, with their numbers.</summary>
internal sealed class QueueCatalog(IEnumerable<QueueDefinition> definitions, IOptionsMonitor<QueuesOptions> options)
{
    private readonly Dictionary<string, QueueDefinition> _byName = definitions.ToDictionary(definition => definition.Name, StringComparer.Ordinal);
    private QueuesOptions? _latest;

    /// <summary>In the order of the alphabet.</summary>
    public ImmutableArray<string> Names => [.. _byName.Keys.Order(StringComparer.Ordinal)];

    public bool Contains(string queue) => _byName.ContainsKey(queue);

    /// <summary>The numbers of one queue as they are configured now; a change that breaks a rule is as if it had not been made.</summary>
    public QueueOptions Of(string queue) => _byName.TryGetValue(queue, out var definition)
        ? definition.Options(Current())
        : throw new ArgumentOutOfRangeException(nameof(queue), queue, "No such queue.");

    private QueuesOptions Current()
    {
        try
        {
            return _latest = options.CurrentValue;
        }
        catch (OptionsValidationException) when (_latest is not null)
        {
            return _latest;
        }
    }
}
