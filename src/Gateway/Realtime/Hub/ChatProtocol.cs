using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using JubileeVerse.Gateway.Errors;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// A protocol of SignalR whose faults of the client are calls like any other: of the hub's own <see cref="ChatHub.Refuse"/> where a call fits no
/// method, of <see cref="ChatHub.Break"/> where what came is no frame, or too long a one. So both are counted, answered with a code, and end the link
/// with a closing frame, where SignalR alone would answer in words of its own, count nothing, and close without a code.
/// </summary>
internal sealed class ChatProtocol(IHubProtocol inner, int maxFrameBytes) : IHubProtocol
{
    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(HubErrors.Named(message));

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(HubErrors.Named(message), output);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var window = input.Length > maxFrameBytes ? input.Slice(0, maxFrameBytes) : input;
        var rest = window;
        if (Parse(ref rest, binder, out message))
        {
            input = input.Slice(rest.Start);
            return true;
        }

        if (message is null && rest.Length < window.Length)
        {
            // Of a kind that is not known: SignalR would read it again and again.
            input = input.Slice(rest.Start);
            message = Refusal(null, "", HubErrors.NoMethod);
            return true;
        }

        if (message is null && window.Length == input.Length)
            return false;
        message = Broken();
        input = input.Slice(input.End);
        return true;
    }

    /// <summary>False with a message: what came is broken.</summary>
    private bool Parse(ref ReadOnlySequence<byte> rest, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        try
        {
            if (!inner.TryParseMessage(ref rest, binder, out var parsed))
            {
                message = null;
                return false;
            }

            message = Checked(parsed);
            return true;
        }
        catch (Exception)
        {
            message = Broken();
            return false;
        }
    }

    private static HubMessage Checked(HubMessage message) => message switch
    {
        InvocationBindingFailureMessage failure when IsReserved(failure.Target) => Refusal(failure.InvocationId, failure.Target, HubErrors.NoMethod),
        InvocationBindingFailureMessage failure =>
            Refusal(failure.InvocationId, failure.Target, HubErrors.OfBinding(failure.Target, failure.BindingFailure.SourceException)),
        // No method takes or makes a stream.
        StreamInvocationMessage stream => Refusal(stream.InvocationId, stream.Target, HubErrors.NoMethod),
        InvocationMessage { StreamIds.Length: > 0 } call => Refusal(call.InvocationId, call.Target, HubErrors.NoMethod),
        InvocationMessage call when IsReserved(call.Target) => Refusal(call.InvocationId, call.Target, HubErrors.NoMethod),
        // Nothing is streamed, and no client is asked: for a completion that nobody waits for SignalR would end the link.
        CompletionMessage or StreamItemMessage or StreamBindingFailureMessage or CancelInvocationMessage => Refusal(null, "", HubErrors.NoMethod),
        _ => message,
    };

    private static bool IsReserved(string target) => target.StartsWith(ChatHub.Reserved);

    private static InvocationMessage Refusal(string? invocationId, string method, Problem problem) =>
        new(invocationId, ChatHub.RefuseMethod, [method, problem]);

    private static InvocationMessage Broken() => new(ChatHub.BreakMethod, []);
}
