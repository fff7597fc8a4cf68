using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using JubileeVerse.Conversations;
using JubileeVerse.Limits;
using JubileeVerse.Operations;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;

namespace JubileeVerse.Architecture.Tests;

/// <summary>
/// The gateway retries calls that fail while a silo is replaced, so each method that it calls must declare whether a repetition is
/// harmless.
/// </summary>
public sealed class IdempotencyTests
{
    /// <summary>The methods that the gateway calls and never retries, each with the reason.</summary>
    private static readonly Dictionary<string, string> NeverRepeated = new()
    {
        [$"{nameof(IConversationGrain)}.{nameof(IConversationGrain.AttachAsync)}"] =
            "A feed has its own retry period, and a generation number for each attempt.",
        [$"{nameof(IConversationGrain)}.{nameof(IConversationGrain.DetachAsync)}"] = "As AttachAsync; the silo repairs a lost call.",
        [$"{nameof(IQueueChannelGrain)}.{nameof(IQueueChannelGrain.AttachAsync)}"] = "As a conversation's.",
        [$"{nameof(IQueueChannelGrain)}.{nameof(IQueueChannelGrain.DetachAsync)}"] = "As a conversation's.",
        [$"{nameof(IUserConnectionGrain)}.{nameof(IUserConnectionGrain.AttachAsync)}"] = "As a conversation's.",
        [$"{nameof(IUserConnectionGrain)}.{nameof(IUserConnectionGrain.DetachAsync)}"] = "As a conversation's.",
        [$"{nameof(IUserConnectionGrain)}.{nameof(IUserConnectionGrain.NotifyAsync)}"] =
            "Each call publishes a notice: a second one would publish it twice.",
        [$"{nameof(IChannelGrain)}.{nameof(IChannelGrain.AttachAsync)}"] = "As a conversation's.",
        [$"{nameof(IChannelGrain)}.{nameof(IChannelGrain.DetachAsync)}"] = "As a conversation's.",
        [$"{nameof(IChannelGrain)}.{nameof(IChannelGrain.NotifyAsync)}"] = "As a user's.",
        [$"{nameof(IRateLimitGrain)}.{nameof(IRateLimitGrain.AcquireAsync)}"] =
            "Each call takes a permit; a request that cannot be counted is admitted.",
        [$"{nameof(IOperationsQueriesGrain)}.{nameof(IOperationsQueriesGrain.PingStorageAsync)}"] = "A probe reports the present state.",
        [$"{nameof(IGatewayDirectoryGrain)}.{nameof(IGatewayDirectoryGrain.RegisterAsync)}"] =
            "A heartbeat: the next one follows in any case.",
        [$"{nameof(IGatewayDirectoryGrain)}.{nameof(IGatewayDirectoryGrain.UnregisterAsync)}"] =
            "Called while the gateway shuts down; without the call its lease expires.",
        [$"{nameof(IQueueAdminGrain)}.{nameof(IQueueAdminGrain.RetryJobAsync)}"] =
            "An operator's action, which they check and repeat: a second call would be refused where the first had an effect.",
        [$"{nameof(IQueueAdminGrain)}.{nameof(IQueueAdminGrain.PromoteJobAsync)}"] = "As RetryJobAsync.",
        [$"{nameof(IQueueAdminGrain)}.{nameof(IQueueAdminGrain.RemoveJobAsync)}"] = "As RetryJobAsync.",
        [$"{nameof(IQueueAdminGrain)}.{nameof(IQueueAdminGrain.DrainAsync)}"] =
            "Removes the jobs that exist at the time of the call; a second call would remove more.",
        [$"{nameof(IQueueAdminGrain)}.{nameof(IQueueAdminGrain.CleanAsync)}"] =
            "Returns the jobs that it has deleted, which a second call would not find.",
        [$"{nameof(IQueueAdminGrain)}.{nameof(IQueueAdminGrain.ObliterateAsync)}"] = "As DrainAsync.",
    };

    [Fact]
    public void GatewayCalls_AreIdempotentOrListedAsNeverRepeated()
    {
        var called = CalledByGateway().ToArray();
        var undecided = called
            .Where(method => !IsIdempotent(method) && !NeverRepeated.ContainsKey(NameOf(method)))
            .Select(NameOf);

        Assert.Contains("IConversationGrain.PostAsync", called.Select(NameOf));
        Assert.Empty(undecided);
    }

    [Fact]
    public void NeverRepeatedMethods_AreNotMarkedIdempotent()
    {
        var methods = GrainInterfaces.SelectMany(type => type.GetMethods()).ToDictionary(NameOf);

        Assert.DoesNotContain(NeverRepeated.Keys, name => !methods.TryGetValue(name, out var method) || IsIdempotent(method));
    }

    private static IEnumerable<Type> GrainInterfaces =>
        Assemblies.Interfaces.GetTypes().Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type));

    /// <summary>The methods that the gateway calls, which its assembly lists in its table of member references.</summary>
    private static IEnumerable<MethodInfo> CalledByGateway()
    {
        using var file = new PEReader(File.OpenRead(Assemblies.Gateway.Location));
        var reader = file.GetMetadataReader();
        var byName = GrainInterfaces.ToDictionary(type => type.FullName!);
        var found = new HashSet<MethodInfo>();
        foreach (var reference in reader.MemberReferences.Select(reader.GetMemberReference))
        {
            if (reference.Parent.Kind != HandleKind.TypeReference)
                continue;
            var parent = reader.GetTypeReference((TypeReferenceHandle)reference.Parent);
            var type = $"{reader.GetString(parent.Namespace)}.{reader.GetString(parent.Name)}";
            if (byName.TryGetValue(type, out var grain) && grain.GetMethod(reader.GetString(reference.Name)) is { } method)
                found.Add(method);
        }

        return found;
    }

    private static bool IsIdempotent(MethodInfo method) => method.IsDefined(typeof(IdempotentAttribute), inherit: false);

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
