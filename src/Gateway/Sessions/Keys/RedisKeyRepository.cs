using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using StackExchange.Redis;

namespace JubileeVerse.Gateway.Sessions.Keys;

/// <summary>Stores the keys that protect cookies and tokens in Redis, where every gateway of the cluster finds them.</summary>
/// <remarks>
/// Gateways that start together, or notice together that the key is about to expire, all create a new key. Only the first one is stored.
/// The others are discarded, because the list has changed since their gateways read it; a gateway that has created a key reads the list
/// again before it uses a key.
/// </remarks>
internal sealed class RedisKeyRepository(IConnectionMultiplexer redis) : IXmlRepository
{
    private const string StoreScript =
        "if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end return redis.call('RPUSH', KEYS[1], ARGV[2])";

    private static readonly RedisKey Key = "jv:keys";

    private int _countRead;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var stored = redis.GetDatabase().ListRange(Key);
        Volatile.Write(ref _countRead, stored.Length);
        return [.. stored.Select(value => XElement.Parse((string)value!))];
    }

    public void StoreElement(XElement element, string friendlyName) => redis.GetDatabase().ScriptEvaluate(
        StoreScript, [Key], [Volatile.Read(ref _countRead), element.ToString(SaveOptions.DisableFormatting)], CommandFlags.NoScriptCache);
}
