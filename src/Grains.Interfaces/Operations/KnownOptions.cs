namespace JubileeVerse.Operations;

/// <summary>A registered service that declares a configuration section which this process reads, and the known keys below it.</summary>
/// <param name="Section">Section below the root, such as <c>Limits</c> or <c>Queues:AiResponse</c>.</param>
/// <param name="Type">The options type. Its public properties are the known keys.</param>
public sealed record KnownOptions(string Section, Type Type);
