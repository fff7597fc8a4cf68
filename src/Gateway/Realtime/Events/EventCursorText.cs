using System.Buffers.Text;
using System.Numerics;
using System.Text;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Events;

/// <summary>
/// A cursor as text: bytes in base64url. A version; the epochs, each once, as most channels share one; for each channel its key, the number of its
/// epoch, its offset and its replies; a checksum. Numbers have seven bits a byte. With ten channels of five running replies each it has some
/// 1,800 characters.
/// </summary>
internal static class EventCursorText
{
    /// <summary>Of the longest that is looked at. A header has room for more.</summary>
    public const int MaxLength = 5 * 1024;

    /// <summary>Another form of the bytes has another.</summary>
    private const byte Version = 1;

    private const int MaxMarks = 16;
    private const int MaxEpochBytes = 64;
    private const int GuidBytes = 16;

    public static string Print(EventCursor cursor)
    {
        var epochs = cursor.Marks.Select(mark => mark.Position.Epoch).Distinct().ToList();
        var bytes = new MemoryStream();
        bytes.WriteByte(Version);
        WriteNumber(bytes, epochs.Count);
        foreach (var epoch in epochs.Select(Encoding.UTF8.GetBytes))
        {
            WriteNumber(bytes, epoch.Length);
            bytes.Write(epoch);
        }

        WriteNumber(bytes, cursor.Marks.Count);
        foreach (var mark in cursor.Marks)
            WriteMark(bytes, mark, epochs.IndexOf(mark.Position.Epoch));
        bytes.Write(BitConverter.GetBytes(Checksum(bytes.GetBuffer().AsSpan(0, (int)bytes.Length))));
        return Base64Url.EncodeToString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    public static EventCursor? Parse(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength } || !Base64Url.IsValid(text))
            return null;
        var bytes = Base64Url.DecodeFromChars(text);
        var end = bytes.Length - sizeof(uint);
        return end > 0 && bytes[0] == Version && BitConverter.ToUInt32(bytes, end) == Checksum(bytes.AsSpan(0, end))
            ? new Reader(bytes.AsSpan(1, end - 1)).Read()
            : null;
    }

    private static void WriteMark(MemoryStream bytes, EventMark mark, int epoch)
    {
        bytes.Write(BitConverter.GetBytes(mark.Key));
        WriteNumber(bytes, epoch);
        WriteNumber(bytes, mark.Position.Offset);
        WriteNumber(bytes, mark.Replies.Count);
        Span<byte> id = stackalloc byte[GuidBytes];
        foreach (var reply in mark.Replies)
        {
            reply.ReplyId.Value.TryWriteBytes(id);
            bytes.Write(id);
            WriteNumber(bytes, reply.Run);
            WriteNumber(bytes, reply.TextOffset);
        }
    }

    private static void WriteNumber(MemoryStream bytes, long number)
    {
        var rest = (ulong)number;
        for (; rest > 0x7F; rest >>= 7)
            bytes.WriteByte((byte)(rest | 0x80));
        bytes.WriteByte((byte)rest);
    }

    /// <summary>Against what was cut off or mixed up on its way, not against malice: a cursor grants nothing.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
            checksum = BitOperations.Crc32C(checksum, value);
        return checksum;
    }

    /// <summary>Reads what somebody else may have written: whatever does not fit ends it.</summary>
    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public EventCursor? Read()
        {
            if (!TryCount(MaxMarks, out var epochCount))
                return null;
            var epochs = new string[epochCount];
            foreach (ref var epoch in epochs.AsSpan())
            {
                if (!TryCount(MaxEpochBytes, out var length) || !TryTake(length, out var text))
                    return null;
                epoch = Encoding.UTF8.GetString(text);
            }

            if (!TryCount(MaxMarks, out var markCount))
                return null;
            var cursor = new EventCursor();
            for (var i = 0; i < markCount; i++)
            {
                if (ReadMark(epochs) is not { } mark)
                    return null;
                cursor.Add(mark);
            }

            return _rest.IsEmpty ? cursor : null;
        }

        private EventMark? ReadMark(string[] epochs)
        {
            if (!TryTake(sizeof(ulong), out var key)
                || !TryCount(epochs.Length - 1, out var epoch)
                || !TryNumber(out var offset)
                || !TryCount(EventMark.MaxReplies, out var replyCount))
            {
                return null;
            }

            var replies = new List<ResumeReply>(replyCount);
            for (var i = 0; i < replyCount; i++)
            {
                if (!TryTake(GuidBytes, out var id) || !TryNumber(out var run) || !TryCount(int.MaxValue, out var textOffset))
                    return null;
                replies.Add(new ResumeReply(ReplyId.From(new Guid(id)), run, textOffset));
            }

            return new EventMark(BitConverter.ToUInt64(key), new ChannelPosition(epochs[epoch], offset), replies);
        }

        private bool TryTake(int count, out ReadOnlySpan<byte> taken)
        {
            taken = _rest[..Math.Min(count, _rest.Length)];
            _rest = _rest[taken.Length..];
            return taken.Length == count;
        }

        private bool TryCount(int max, out int count)
        {
            var isNumber = TryNumber(out var number);
            count = isNumber && number <= max ? (int)number : 0;
            return isNumber && number <= max;
        }

        /// <summary>Not negative, and in no more bytes than it has bits for.</summary>
        private bool TryNumber(out long number)
        {
            number = 0;
            for (var shift = 0; shift < 63; shift += 7)
            {
                if (!TryTake(1, out var next))
                    return false;
                number |= (long)(next[0] & 0x7F) << shift;
                if (next[0] < 0x80)
                    return true;
            }

            return false;
        }
    }
}
