using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using MessagePack;
using MessagePack.Formatters;

namespace JubileeVerse.Gateway.Realtime.Hub.Encoding;

/// <summary>Serializes every type through its JSON, and frames as their cached bytes.</summary>
internal sealed class MessagePackResolver : IFormatterResolver
{
    /// <summary>Options with the limits for untrusted input.</summary>
    public static readonly MessagePackSerializerOptions Options =
        MessagePackSerializerOptions.Standard.WithResolver(new MessagePackResolver()).WithSecurity(MessagePackSecurity.UntrustedData);

    private MessagePackResolver()
    {
    }

    public IMessagePackFormatter<T> GetFormatter<T>() => Cache<T>.Formatter;

    private static object? FindOwn(Type type)
    {
        if (type == typeof(FrameBurst))
            return new FrameBurstFormatter();
        if (type == typeof(SharedFrame))
            return new SharedFrameFormatter();
        if (type == typeof(SharedFrame[]))
            return new ArrayFormatter<SharedFrame>();
        if (type == typeof(SubscribeResult))
            return new SubscribeResultFormatter();
        return type == typeof(SubscribeResult[]) ? new ArrayFormatter<SubscribeResult>() : null;
    }

    private static class Cache<T>
    {
        public static readonly IMessagePackFormatter<T> Formatter = (IMessagePackFormatter<T>?)FindOwn(typeof(T)) ?? new JsonFormatter<T>();
    }
}
