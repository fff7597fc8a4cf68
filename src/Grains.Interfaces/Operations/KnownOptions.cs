namespace JubileeVerse.Operations;

/// <summary>Registered as a service, it says that this process reads a section, and which keys are known below it.</summary>
/// <param name="Section">Below the root, such as <c>Limits</c> or <c>Queues:AiResponse</c>.</param>
/// <param name="Type">Its public properties name the keys.</param>
public sealed record KnownOptions(string Section, Type Type);
