using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace JubileeVerse.Bench.Realtime.Servers;

/// <summary>
/// Forces a full garbage collection in another .NET process over its diagnostics socket: an EventPipe session with the keyword for it
/// begins with a full collection.
/// </summary>
internal static class GarbageCollection
{
    private const ulong CollectHeap = 0x800000;
    private const uint Informational = 4;
    private const uint NetTrace = 1;
    private const uint BufferMegaBytes = 1;
    private const byte EventPipe = 2;
    private const byte StopTracing = 1;
    private const byte CollectTracing2 = 3;
    private const byte Succeeded = 0;
    private const int HeaderBytes = 20;
    private static readonly TimeSpan CollectionTime = TimeSpan.FromSeconds(3);

    public static async Task ForceAsync(int processId, CancellationToken cancellationToken)
    {
        using var session = await SendAsync(processId, CollectTracing2, Session(), cancellationToken);
        var response = new byte[HeaderBytes + sizeof(ulong)];
        await session.ReadExactlyAsync(response, cancellationToken);
        if (response[HeaderBytes - 3] != Succeeded)
            throw new InvalidOperationException($"Process {processId} did not start an EventPipe session.");

        var events = session.CopyToAsync(Stream.Null, cancellationToken);
        await Task.Delay(CollectionTime, TimeProvider.System, cancellationToken);
        using (var stop = await SendAsync(processId, StopTracing, response[HeaderBytes..], cancellationToken))
            await stop.ReadExactlyAsync(new byte[HeaderBytes], cancellationToken);
        await events;
    }

    private static async Task<NetworkStream> SendAsync(int processId, byte command, byte[] payload, CancellationToken cancellationToken)
    {
        var endpoint = Directory.GetFiles(Path.GetTempPath(), $"dotnet-diagnostic-{processId}-*-socket").Single();
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint), cancellationToken);
        var stream = new NetworkStream(socket, ownsSocket: true);
        var message = new byte[HeaderBytes + payload.Length];
        "DOTNET_IPC_V1\0"u8.CopyTo(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), (ushort)message.Length);
        message[16] = EventPipe;
        message[17] = command;
        payload.CopyTo(message.AsSpan(HeaderBytes));
        await stream.WriteAsync(message, cancellationToken);
        return stream;
    }

    private static byte[] Session()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(BufferMegaBytes);
        writer.Write(NetTrace);

        // No rundown of all methods at the end, because it is not used and costs memory.
        writer.Write(false);
        writer.Write(1);
        writer.Write(CollectHeap);
        writer.Write(Informational);
        WriteText(writer, "Microsoft-Windows-DotNETRuntime");
        WriteText(writer, "");
        return bytes.ToArray();
    }

    /// <summary>Writes UTF-16 text with its length and a terminating zero.</summary>
    private static void WriteText(BinaryWriter writer, string text)
    {
        writer.Write(text.Length + 1);
        writer.Write(Encoding.Unicode.GetBytes(text + '\0'));
    }
}
