using System.Runtime.InteropServices;

namespace JubileeVerse.Testing.Processes;

/// <summary>A signal to a process of ours.</summary>
internal static class UnixSignal
{
    public const int Terminate = 15;

    /// <returns>Whether it was sent.</returns>
    public static bool Send(int processId, int signal) => SendSignal(processId, signal) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int processId, int signal);
}
