using System.Runtime.InteropServices;

namespace JubileeVerse.Testing.Processes;

/// <summary>Sends a signal to a process.</summary>
internal static class UnixSignal
{
    public const int Terminate = 15;

    /// <returns>Whether the signal was sent.</returns>
    public static bool Send(int processId, int signal) => SendSignal(processId, signal) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int processId, int signal);
}
