namespace JubileeVerse.Testing.Processes;

/// <summary>What a run of a script came to.</summary>
/// <param name="ExitCode">0 is success.</param>
/// <param name="Output">The lines of its standard output.</param>
/// <param name="Errors">Its standard error.</param>
public sealed record ScriptAnswer(int ExitCode, IReadOnlyList<string> Output, string Errors)
{
    public ScriptAnswer ShouldSucceed() => ExitCode == 0
        ? this
        : throw new InvalidOperationException($"The script ended with {ExitCode}:\n{string.Join('\n', Output)}\n{Errors}");
}
