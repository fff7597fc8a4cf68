namespace JubileeVerse.Testing.Processes;

/// <summary>Settings for the processes that a test module starts, which live for seconds and spend most of them starting.</summary>
public static class ShortLivedProcesses
{
    /// <summary>
    /// Sets the environment that the processes inherit. This process is not changed: its runtime has read its settings already.
    /// <para>No method is compiled a second time, because that costs more processor time than it saves. The Orleans Dashboard, which takes
    /// a fifth of the processor time of a start, is off.</para>
    /// </summary>
    public static void SetEnvironment()
    {
        Environment.SetEnvironmentVariable("DOTNET_TC_CallCounting", "0");
        Environment.SetEnvironmentVariable("JubileeVerse__Management__Dashboard", "false");
    }
}
