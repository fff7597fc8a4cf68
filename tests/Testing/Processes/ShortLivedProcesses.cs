namespace JubileeVerse.Testing.Processes;

/// <summary>Runtime settings for the processes that a test module starts.</summary>
public static class ShortLivedProcesses
{
    /// <summary>
    /// Keeps the processes that this one starts from compiling their methods a second time, because they live for seconds, in which that
    /// costs more processor time than it saves. This process is not changed: its runtime has read its settings already.
    /// </summary>
    public static void CompileMethodsOnce() => Environment.SetEnvironmentVariable("DOTNET_TC_CallCounting", "0");
}
