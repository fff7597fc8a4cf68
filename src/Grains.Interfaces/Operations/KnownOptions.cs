namespace JubileeVerse.Operations;

/// <summary>A registered service that declares a configuration section which this process reads, and the known keys below it.</summary>
/// <param name="Section">Section below the root, such as <c>Limits</c> or <c>Queues:AiResponse</c>.</param>
/// <param name="Type">The options type. Its public properties are the known keys.</param>
/// <param name="Defaults">The options without configuration; null if they are those of a new instance of the type.</param>
public sealed record KnownOptions(string Section, Type Type, object? Defaults = null);
