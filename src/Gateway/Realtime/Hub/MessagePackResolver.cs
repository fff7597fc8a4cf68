using MessagePack;
using MessagePack.Formatters;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>Packs everything by its JSON, and frames as the bytes that they have already.</summary>
internal sealed class MessagePackResolver : IFormatterResolver
{
    /// <summary>For what comes from strangers.</summary>
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
        if (type == typeof(SubscribeAnswer))
            return new SubscribeAnswerFormatter();
        return type == typeof(SubscribeAnswer[]) ? new ArrayFormatter<SubscribeAnswer>() : null;
    }

    private static class Cache<T>
    {
        public static readonly IMessagePackFormatter<T> Formatter = (IMessagePackFormatter<T>?)FindOwn(typeof(T)) ?? new JsonFormatter<T>();
    }
}
