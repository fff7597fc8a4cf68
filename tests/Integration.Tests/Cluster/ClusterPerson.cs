using System.Net;
using JubileeVerse.Testing.Http;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>Somebody with one session and several gateways to choose from, who goes to another when one does not answer.</summary>
public sealed class ClusterPerson : IDisposable
{
    private readonly IReadOnlyList<ClusterMember> _gateways;
    private int _gateway;
    private int _askedCount;

    /// <param name="site">The cluster.</param>
    /// <param name="gateway">The number of the gateway to begin at.</param>
    private ClusterPerson(ClusterSite site, int gateway)
    {
        _gateways = site.Gateways;
        _gateway = gateway - 1;
        Api = new ApiClient(() => Address, inner => new PatientHandler(MoveOn, inner));
    }

    public ApiClient Api { get; }

    /// <summary>The gateway that the next request goes to.</summary>
    public Uri Address => _gateways[Volatile.Read(ref _gateway) % _gateways.Count].Address;

    public static async Task<ClusterPerson> SignInAsync(ClusterSite site, int gateway, CancellationToken cancellationToken)
    {
        var person = new ClusterPerson(site, gateway);
        var answer = await person.Api.SendAsync(HttpMethod.Post, "/api/auth/guest", new { displayName = "Guest" }, cancellationToken);
        answer.ShouldBe(HttpStatusCode.Created);
        return person;
    }

    public Uri MoveOn()
    {
        Interlocked.Increment(ref _gateway);
        return Address;
    }

    /// <summary>Posts until it is accepted. Under the same id each time, so that it is one post however often it was sent.</summary>
    public async Task<PostedTurn> AskAsync(string conversationId, string content, CancellationToken cancellationToken)
    {
        var answer = await Api.PostAsync(conversationId, content, cancellationToken, $"question-{Interlocked.Increment(ref _askedCount)}");
        Assert.True(answer.Status is HttpStatusCode.Accepted or HttpStatusCode.OK, $"{answer.Status}: {answer.Text}");
        return answer.Read<PostedTurn>();
    }

    public void Dispose() => Api.Dispose();
}
