using System.Net;
using JubileeVerse.Testing.Http;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>A user with one session and several gateways, who moves to the next gateway when one does not respond.</summary>
public sealed class ClusterUser : IDisposable
{
    private readonly IReadOnlyList<ClusterMember> _gateways;
    private int _gateway;
    private int _postCount;

    /// <param name="gateway">The number, from 1, of the gateway to start at.</param>
    private ClusterUser(ClusterSite site, int gateway)
    {
        _gateways = site.Gateways;
        _gateway = gateway - 1;
        Api = new ApiClient(() => Address, inner => new RetryingHandler(MoveToNextGateway, inner));
    }

    public ApiClient Api { get; }

    /// <summary>The address of the gateway that receives the next request.</summary>
    public Uri Address => _gateways[Volatile.Read(ref _gateway) % _gateways.Count].Address;

    public static async Task<ClusterUser> SignInAsync(ClusterSite site, int gateway, CancellationToken cancellationToken)
    {
        var user = new ClusterUser(site, gateway);
        var response = await user.Api.SendAsync(HttpMethod.Post, "/api/auth/guest", new { displayName = "Guest" }, cancellationToken);
        response.ShouldBe(HttpStatusCode.Created);
        return user;
    }

    public Uri MoveToNextGateway()
    {
        Interlocked.Increment(ref _gateway);
        return Address;
    }

    /// <summary>
    /// Posts until the post is accepted, with the same client message id each time, so that it is stored once however often it was sent.
    /// </summary>
    public async Task<PostedTurn> AskAsync(string conversationId, string content, CancellationToken cancellationToken)
    {
        var response = await Api.PostAsync(conversationId, content, cancellationToken, $"question-{Interlocked.Increment(ref _postCount)}");
        Assert.True(response.Status is HttpStatusCode.Accepted or HttpStatusCode.OK, $"{response.Status}: {response.Text}");
        return response.Read<PostedTurn>();
    }

    public void Dispose() => Api.Dispose();
}
