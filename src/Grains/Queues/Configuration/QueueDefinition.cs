using System.Text.RegularExpressions;
using JubileeVerse.Operations;

namespace JubileeVerse.Queues.Configuration;

/// <summary>A registered queue.</summary>
internal sealed partial class QueueDefinition
{
    public QueueDefinition(string name)
    {
        if (!NamePattern.IsMatch(name))
            throw new ArgumentException($"'{name}' must be lower-case words joined by hyphens, such as 'ai-response'.", nameof(name));

        Name = name;
        Key = string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        if (string.Equals(Key, nameof(QueuesOptions.Grace), StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"'{name}' has the key of an option that all queues share.", nameof(name));
    }

    /// <summary>The grain key of the queue, such as <c>ai-response</c>, and the name of its <see cref="QueueOptions"/>.</summary>
    public string Name { get; }

    /// <summary>The section of the queue's options below the root, such as <c>Queues:AiResponse</c>.</summary>
    public string Section => $"{OptionSections.Queues}:{Key}";

    private string Key { get; }

    /// <summary>Whether the options of both queues are in the same section. Configuration keys are case-insensitive.</summary>
    public bool SharesSection(QueueDefinition other) => string.Equals(Key, other.Key, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex NamePattern { get; }
}
