//! A TCP client over `wasi:sockets`.

use std::io;
use wasip2::sockets::instance_network::instance_network;
use wasip2::sockets::ip_name_lookup::resolve_addresses;
use wasip2::sockets::network::{ErrorCode, IpAddress, IpAddressFamily, IpSocketAddress, Ipv4SocketAddress, Ipv6SocketAddress};
use wasip2::sockets::tcp_create_socket::create_tcp_socket;

fn failed(what: &str) -> impl Fn(ErrorCode) -> io::Error {
    move |code| io::Error::other(format!("{what}: {}", code.name()))
}

/// Resolves `host`, connects, sends a line and gives the line that comes back.
pub fn exchange(host: &str, port: u16, line: &str) -> io::Result<String> {
    let network = instance_network();
    let names = resolve_addresses(&network, host).map_err(failed("resolve"))?;
    let address = loop {
        match names.resolve_next_address() {
            Ok(Some(address)) => break address,
            Ok(None) => return Err(io::Error::other("resolve: no address")),
            Err(ErrorCode::WouldBlock) => names.subscribe().block(),
            Err(code) => return Err(failed("resolve")(code)),
        }
    };
    let (family, remote) = match address {
        IpAddress::Ipv4(address) => (IpAddressFamily::Ipv4, IpSocketAddress::Ipv4(Ipv4SocketAddress { port, address })),
        IpAddress::Ipv6(address) => (
            IpAddressFamily::Ipv6,
            IpSocketAddress::Ipv6(Ipv6SocketAddress { port, flow_info: 0, address, scope_id: 0 }),
        ),
    };
    let socket = create_tcp_socket(family).map_err(failed("create"))?;
    socket.start_connect(&network, remote).map_err(failed("connect"))?;
    let (input, output) = loop {
        match socket.finish_connect() {
            Ok(streams) => break streams,
            Err(ErrorCode::WouldBlock) => socket.subscribe().block(),
            Err(code) => return Err(failed("connect")(code)),
        }
    };
    let broken = |_| io::Error::other("the stream broke");
    output.blocking_write_and_flush(format!("{line}\n").as_bytes()).map_err(broken)?;
    let mut answer = Vec::new();
    while !answer.ends_with(b"\n") {
        match input.blocking_read(64) {
            Ok(bytes) => answer.extend(bytes),
            Err(_) => break,
        }
    }
    Ok(String::from_utf8_lossy(&answer).trim_end().to_string())
}
