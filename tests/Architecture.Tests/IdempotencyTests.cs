using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using JubileeVerse.Operations;

namespace JubileeVerse.Architecture.Tests;

/// <summary>The gateway tries calls again that fail while a silo is replaced, so each method that it calls has to say whether that is harmless.</summary>
public sealed class IdempotencyTests
{
    /// <summary>What the gateway calls and never repeats, and why.</summary>
    private static readonly Dictionary<string, string> NeverRepeated = new()
    {
        ["IConversationGrain.AttachAsync"] = "A feed has a rhythm of its own, and a generation number for each try.",
        ["IConversationGrain.DetachAsync"] = "As attaching; a lost one is repaired by the silo.",
        ["IQueueChannel.AttachAsync"] = "As a conversation's.",
        ["IQueueChannel.DetachAsync"] = "As a conversation's.",
        ["IUserConnectionGrain.AttachAsync"] = "As a conversation's.",
        ["IUserConnectionGrain.DetachAsync"] = "As a conversation's.",
        ["IUserConnectionGrain.NotifyAsync"] = "Each call is told: a second one would tell people twice.",
        ["IChannelGrain.AttachAsync"] = "As a conversation's.",
        ["IChannelGrain.DetachAsync"] = "As a conversation's.",
        ["IChannelGrain.NotifyAsync"] = "As a person's.",
        ["IRateLimitGrain.AcquireAsync"] = "Takes a permit each time; a request that cannot be counted is let through.",
        ["IOperationsQueries.PingStorageAsync"] = "A probe tells how things are now.",
        ["IGatewayDirectory.RegisterAsync"] = "A heartbeat: the next one comes by itself.",
        ["IGatewayDirectory.LeaveAsync"] = "Said on the way out; a gateway that is not heard of is gone as well.",
        ["IQueueAdmin.RetryJobAsync"] = "An operator's act, which they look at and do again: the second would be refused where the first had an effect.",
        ["IQueueAdmin.PromoteJobAsync"] = "As trying a job again.",
        ["IQueueAdmin.RemoveJobAsync"] = "As trying a job again.",
        ["IQueueAdmin.DrainAsync"] = "Takes what was there when it was asked for; a second one would take more.",
        ["IQueueAdmin.CleanAsync"] = "Says what it has deleted, which a second one would not find.",
        ["IQueueAdmin.ObliterateAsync"] = "As draining.",
    };

    [Fact]
    public void Methods_ThatTheGatewayCalls_SayWhetherTheyMayBeRepeated()
    {
        var called = CalledByGateway().ToArray();
        var undecided = called.Where(method => !IsIdempotent(method) && !NeverRepeated.ContainsKey(NameOf(method))).Select(NameOf);

        Assert.Contains("IConversationGrain.PostAsync", called.Select(NameOf));
        Assert.Empty(undecided);
    }

    [Fact]
    public void Methods_ThatAreNeverRepeated_ArePromisedNowhere()
    {
        var methods = GrainInterfaces.SelectMany(type => type.GetMethods()).ToDictionary(NameOf);

        Assert.DoesNotContain(NeverRepeated.Keys, name => !methods.TryGetValue(name, out var method) || IsIdempotent(method));
    }

    private static IEnumerable<Type> GrainInterfaces =>
        Assemblies.Interfaces.GetTypes().Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type));

    /// <summary>A call to another assembly names its method in the caller's table of references.</summary>
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
