namespace JubileeVerse.Testing.Processes;

/// <summary>The result of a run of the script.</summary>
/// <param name="ExitCode">0 on success.</param>
/// <param name="Output">The lines of its standard output.</param>
/// <param name="Errors">Its standard error.</param>
public sealed record ScriptResult(int ExitCode, IReadOnlyList<string> Output, string Errors)
{
    public ScriptResult ShouldSucceed() => ExitCode == 0
        ? this
        : throw new InvalidOperationException($"The script ended with {ExitCode}:\n{string.Join('\n', Output)}\n{Errors}");
}
