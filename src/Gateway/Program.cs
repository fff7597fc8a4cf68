using JubileeVerse.Gateway;
using JubileeVerse.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddClusterClient();
builder.AddGateway();

var app = builder.Build();
app.UseGateway();
await app.RunUntilStoppedAsync();
