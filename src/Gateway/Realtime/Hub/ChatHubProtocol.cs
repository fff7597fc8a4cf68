using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using JubileeVerse.Gateway.Errors;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// A SignalR protocol that turns a client's faults into hub calls: a call that matches no method becomes <see cref="ChatHub.Refuse"/>,
/// and bytes that are not a message, or a message that is too long, become <see cref="ChatHub.Break"/>. Therefore both are rate limited,
/// get an error code, and close the connection with a closing frame. SignalR alone would respond with its own text, count nothing, and
/// close without a code.
/// </summary>
internal sealed class ChatHubProtocol(IHubProtocol inner, int maxFrameBytes) : IHubProtocol
{
    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(HubErrors.WithMethodName(message));

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) =>
        inner.WriteMessage(HubErrors.WithMethodName(message), output);

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
            // The message type is unknown; it is skipped here, because SignalR would parse it again and again.
            input = input.Slice(rest.Start);
            message = Refusal(null, "", HubErrors.UnknownMethod);
            return true;
        }

        if (message is null && window.Length == input.Length)
            return false;
        message = ProtocolViolation();
        input = input.Slice(input.End);
        return true;
    }

    /// <summary>Returns false with a message when the input is malformed, and false without one when it is incomplete.</summary>
    private bool Parse(ref ReadOnlySequence<byte> rest, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        try
        {
            if (!inner.TryParseMessage(ref rest, binder, out var parsed))
            {
                message = null;
                return false;
            }

            message = Validate(parsed);
            return true;
        }
        catch (Exception)
        {
            message = ProtocolViolation();
            return false;
        }
    }

    private static HubMessage Validate(HubMessage message) => message switch
    {
        InvocationBindingFailureMessage failure when IsReserved(failure.Target) =>
            Refusal(failure.InvocationId, failure.Target, HubErrors.UnknownMethod),
        InvocationBindingFailureMessage failure =>
            Refusal(failure.InvocationId, failure.Target, HubErrors.FromBinding(failure.Target, failure.BindingFailure.SourceException)),
        // No hub method takes or returns a stream.
        StreamInvocationMessage stream => Refusal(stream.InvocationId, stream.Target, HubErrors.UnknownMethod),
        InvocationMessage { StreamIds.Length: > 0 } call => Refusal(call.InvocationId, call.Target, HubErrors.UnknownMethod),
        InvocationMessage call when IsReserved(call.Target) => Refusal(call.InvocationId, call.Target, HubErrors.UnknownMethod),
        // The hub streams nothing and awaits no client result; SignalR would close the connection for a completion that nothing awaits.
        CompletionMessage or StreamItemMessage or StreamBindingFailureMessage or CancelInvocationMessage =>
            Refusal(null, "", HubErrors.UnknownMethod),
        _ => message,
    };

    private static bool IsReserved(string target) => target.StartsWith(ChatHub.Reserved);

    private static InvocationMessage Refusal(string? invocationId, string method, Problem problem) =>
        new(invocationId, ChatHub.RefuseMethod, [method, problem]);

    private static InvocationMessage ProtocolViolation() => new(ChatHub.BreakMethod, []);
}
